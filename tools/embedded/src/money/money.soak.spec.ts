/** Many more lives, by the same spec: ten towns of sixteen. `ISU_TEST_SEED` leads others. */
process.env['ISU_TEST_LIVES'] = '16';
process.env['ISU_TEST_TOWNS'] = '10';
process.env['ISU_TEST_DAYS'] = '12';
await import('./money.int.spec.js');

export {};
