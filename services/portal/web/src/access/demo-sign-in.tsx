import { useMutation, useQuery } from '@tanstack/react-query';
import type { DemoPeople, SessionState } from '../../../src/face/session.js';
import { ask, tell } from '../asking/portal.js';
import { takeSession } from '../asking/queries.js';
import { Button } from '../ui/button.js';
import { Section } from '../ui/page.js';
import { Asked } from '../ui/states.js';
import { Refusal } from './outcome.js';

/** Development only: the invented people of the demonstration, one press each. */
export function DemoSignIn() {
  const people = useQuery({ queryKey: ['demo-people'], queryFn: ({ signal }) => ask<DemoPeople>('demo-people', signal) });
  const entering = useMutation({
    mutationFn: (account: string) => tell<SessionState>('POST', 'demo-sessions', { account }),
    onSuccess: takeSession,
  });
  return (
    <Section title="Démonstration">
      <p className="soft">Ces personnes sont inventées. Choisissez-en une pour voir son compte, sans mot de passe.</p>
      <Refusal error={entering.error} />
      <Asked query={people}>
        {({ people: invented }) => (
          <ul className="people">
            {invented.map(({ account, name, about }) => (
              <li key={account}>
                <Button className="person" isDisabled={entering.isPending} onPress={() => entering.mutate(account)}>
                  <strong>{name}</strong>
                  <span className="small soft">{about}</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Asked>
    </Section>
  );
}
