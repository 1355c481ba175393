/** A hundred lives, by the same spec. */
process.env['ISU_TEST_LIVES'] = '100';
await import('./r5.int.spec.js');

export {};
