/** What one agent proposes and another decides: nobody decides what they have proposed themselves. */
export interface UnderFourEyes {
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly state: 'proposed' | 'approved' | 'refused';
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
}
