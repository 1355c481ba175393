/** The AsyncAPI 3.0 document: one channel per author's topic, one message per type, CloudEvents envelopes keyed by stream. */

const schemaFormat = 'application/schema+json;version=draft-2020-12';
const messageOf = (type) => type.replaceAll('.', '-');

/** @param contracts the modules of libs/contracts: `authors`, `topicOf`  @param schemas payload schemas by type */
export function asyncApiDocument({ authors, topicOf }, schemas) {
  const typesOf = (author) => Object.keys(schemas).filter((type) => type.startsWith(`${author}.`));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'ISU facts',
      version: '1.0.0',
      description:
        'Each service writes its own facts on its own topic; every consumer keeps what it applied for ever. Delivery is at least once, in ' +
        'order per stream (the Kafka key: an account number or flow/<partner>/<flow>) and author. Numbers (seq) have no holes: a reader that ' +
        'sees one pulls the missing facts from the author over REST. Readers ignore types and fields that they do not know. To a published ' +
        'payload only an optional field is ever added; anything else is a .v2 beside the .v1.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(
      authors.map((author) => [
        author,
        {
          address: topicOf(author),
          title: `Facts of ${author}`,
          messages: Object.fromEntries(
            typesOf(author).map((type) => [messageOf(type), { $ref: `#/components/messages/${messageOf(type)}` }]),
          ),
          bindings: { kafka: { topic: topicOf(author), partitions: 12, bindingVersion: '0.5.0' } },
        },
      ]),
    ),
    operations: Object.fromEntries(
      authors.map((author) => [
        `publish-${author}`,
        { action: 'send', channel: { $ref: `#/channels/${author}` }, summary: `${author} is the only author on this topic.` },
      ]),
    ),
    components: {
      messages: Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [messageOf(type), message(type, schema)])),
    },
  };
}

function message(type, schema) {
  return {
    name: type,
    title: type,
    ...(schema.description ? { summary: schema.description } : {}),
    contentType: 'application/cloudevents+json',
    payload: {
      schemaFormat,
      schema: {
        allOf: [{ $ref: './envelope.schema.json' }],
        properties: { type: { const: type }, data: { $ref: `./${type}.schema.json` } },
      },
    },
    bindings: {
      kafka: { key: { type: 'string', description: 'The stream: the same as the subject.' }, bindingVersion: '0.5.0' },
    },
  };
}
