import { hostname } from 'node:os';
import type { Tracer } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeTracerProvider, type Sampler, type SpanProcessor } from '@opentelemetry/sdk-trace-node';

/** One provider a service, since a process may host several, and whoever looks at a trace wants to see which of them worked. */
class ServiceProviders extends NodeTracerProvider {
  private readonly byService = new Map<string, NodeTracerProvider>();

  constructor(
    private readonly processor: SpanProcessor,
    private readonly sampler: Sampler,
  ) {
    super({ sampler });
  }

  override getTracer(service: string): Tracer {
    const known = this.byService.get(service) ?? this.providerOf(service);
    this.byService.set(service, known);
    return known.getTracer(service);
  }

  private providerOf(service: string): NodeTracerProvider {
    const resource = resourceFromAttributes({
      'service.namespace': 'isu',
      'service.name': `isu-${service}`,
      'service.instance.id': `${hostname()}-${String(process.pid)}`,
    });
    return new NodeTracerProvider({ resource, sampler: this.sampler, spanProcessors: [this.processor] });
  }
}

export const serviceProviders = (processor: SpanProcessor, sampler: Sampler): NodeTracerProvider =>
  new ServiceProviders(processor, sampler);
