/** The batch of a great day, by the same spec. */
process.env['ISU_TEST_BATCH_LINES'] = '100000';
await import('./large-batch.int.spec.js');

export {};
