import { refuse as standard, type Access, type ServiceContext } from '@isu/chassis';
import { groups, type Group } from '@isu/contracts';
import type { Day } from '@isu/values';

/** Whether Mon compte is open to a profession, and where to go before it is (F5). */
export interface PortalOpening {
  readonly group: Group;
  readonly opensOn: string | null;
  readonly open: boolean;
  readonly instead: string | null;
}

/** First to artisans and commerçants, then to all. Demonstration days: those of the real openings were not found. */
const byDefault: Readonly<Record<Group, string | null>> = {
  artisan: '2015-01-01',
  commercant: '2015-01-01',
  'profession-liberale': '2016-01-01',
};
const elsewhere = 'Votre caisse vous répond au 3648, ou à son accueil.';

type Context = Pick<ServiceContext, 'db' | 'clock'>;

export class PortalOpenings {
  constructor(private readonly context: Context) {}

  async list(): Promise<PortalOpening[]> {
    const rows = (await this.context.db.query(
      `SELECT group_code AS "group", to_char(opens_on, 'YYYY-MM-DD') AS "opensOn" FROM portal_opening`,
    )) as { group: Group; opensOn: string | null }[];
    const set = new Map(rows.map(({ group, opensOn }) => [group, opensOn]));
    return groups.map((group) => this.shown(group, set.has(group) ? (set.get(group) ?? null) : byDefault[group]));
  }

  /** An operator opens the portal to a profession from a day on, or closes it. */
  async set(group: Group, opensOn: Day | null, { subject }: Access): Promise<PortalOpening> {
    if (!groups.includes(group)) throw standard('not-found');
    await this.context.db.query(
      `INSERT INTO portal_opening (group_code, opens_on, set_at, set_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT (group_code) DO UPDATE SET opens_on = $2, set_at = $3, set_by = $4`,
      [group, opensOn?.iso ?? null, this.context.clock.recordedAt(), subject.sub],
    );
    return this.shown(group, opensOn?.iso ?? null);
  }

  private shown(group: Group, opensOn: string | null): PortalOpening {
    const open = opensOn !== null && opensOn <= this.context.clock.today().iso;
    return { group, opensOn, open, instead: open ? null : elsewhere };
  }
}
