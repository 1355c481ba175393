import { unpolicedRoutes } from '@isu/chassis';
import { BankFilesController } from './bank-files/bank-files.controller.js';
import { BatchesController } from './batches/batches.controller.js';
import { FlowsController } from './flows/flows.controller.js';
import { OutgoingController } from './outgoing/outgoing.controller.js';
import { PartnerReferencesController } from './payments/partner-references.controller.js';
import { WaitingMoneyController } from './to-be-matched/waiting-money.controller.js';

describe('the routes of urssaf-sync', () => {
  it('R15 are all held by the policy', () => {
    expect(
      unpolicedRoutes([
        BatchesController,
        BankFilesController,
        FlowsController,
        OutgoingController,
        WaitingMoneyController,
        PartnerReferencesController,
      ]),
    ).toEqual([]);
  });
});
