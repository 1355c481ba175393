import type { Provider, Type } from '@nestjs/common';
import type { ServiceContext, Worker } from '@isu/chassis';
import type { MoneyPlacer } from '../payments/money-placer.js';
import type { UrssafSyncSettings } from '../settings.js';
import { askingWorker } from './asking-worker.js';
import { OnlinePaymentsController } from './online-payments.controller.js';
import { OnlinePaymentsService } from './online-payments.service.js';
import { HttpPaymentProvider } from './payment-provider.js';

interface PayingOnline {
  readonly service: OnlinePaymentsService | null;
  readonly controllers: readonly Type[];
  readonly providers: readonly Provider[];
  readonly workers: readonly Worker[];
}

/** The room of online payments, where a provider is agreed with. */
export function payingOnline(context: ServiceContext<UrssafSyncSettings>, placer: MoneyPlacer): PayingOnline {
  const { paymentProviderUrl: url, paymentProviderKey: providerKey, paymentProviderToken: token } = context.settings;
  const service = url === undefined || providerKey === undefined ? null : new OnlinePaymentsService({ context, placer, providerKey });
  return {
    service,
    controllers: [OnlinePaymentsController],
    providers: [{ provide: OnlinePaymentsService, useValue: service }],
    workers: service === null ? [] : [askingWorker({ context, service, provider: new HttpPaymentProvider(url ?? '', token ?? '') })],
  };
}
