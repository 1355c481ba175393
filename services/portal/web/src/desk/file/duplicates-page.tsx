import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Opening } from '../../../../src/face/desk.js';
import type { DuplicatesPage as Duplicates } from '../../../../src/face/desk-file.js';
import { tell } from '../../asking/portal.js';
import { usePage } from '../../asking/queries.js';
import { Button } from '../../ui/button.js';
import { printedAccount } from '../../ui/figures.js';
import { Page, Section } from '../../ui/page.js';
import { Asked, Nothing, PartOf, Trouble } from '../../ui/states.js';
import { Table } from '../../ui/table.js';

const reasons: Readonly<Record<string, string>> = {
  siren: 'Même entreprise (SIREN)',
  'name-email': 'Même nom et même adresse électronique',
};

/** Pairs that look like one person's. They are suspicions: partners of one company share its SIREN. */
export function DuplicatesPage() {
  const asked = usePage<Duplicates>('desk', 'duplicates');
  const navigate = useNavigate();
  const opening = useMutation({
    mutationFn: (account: string) => tell<Opening>('POST', 'desk/openings', { account, purpose: 'Examen d’un compte en double' }),
    onSuccess: ({ account }) => navigate(`/bureau/comptes/${account}/actes`),
  });
  return (
    <Page
      title="Comptes en double"
      lead="Deux comptes d’une même personne, c’est un appel de trop. Un agent propose de les réunir, un autre décide."
    >
      {opening.isError ? <Trouble error={opening.error} /> : null}
      <Section title="À examiner">
        <Asked query={asked}>
          {({ parts }) => (
            <PartOf part={parts.duplicates}>
              {(pairs) =>
                pairs.length === 0 ? (
                  <Nothing>Aucune paire de comptes ne semble être d’une même personne.</Nothing>
                ) : (
                  <Table
                    caption="Paires de comptes"
                    hideCaption
                    rows={pairs}
                    keyOf={({ accounts }) => accounts.join(' ')}
                    columns={[
                      { name: 'Comptes', cell: ({ accounts }) => accounts.map(printedAccount).join(' et ') },
                      { name: 'Pourquoi', cell: ({ because }) => reasons[because] ?? because },
                      {
                        name: 'Ouvrir',
                        cell: ({ accounts }) => (
                          <div className="row">
                            {accounts.map((account) => (
                              <Button key={account} isDisabled={opening.isPending} onPress={() => opening.mutate(account)}>
                                Ouvrir le {printedAccount(account)}
                              </Button>
                            ))}
                          </div>
                        ),
                      },
                    ]}
                  />
                )
              }
            </PartOf>
          )}
        </Asked>
      </Section>
    </Page>
  );
}
