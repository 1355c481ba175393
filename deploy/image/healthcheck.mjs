/** Asks the process beside it how it is: `live` (it answers) or `ready` (it can be given work). An image without curl needs nothing else. */
const { ISU_PORT = '8080' } = process.env;
const question = process.argv[2] === 'ready' ? 'ready' : 'live';
const answer = await fetch(`http://127.0.0.1:${ISU_PORT}/health/${question}`, { signal: AbortSignal.timeout(4_000) }).catch(
  () => undefined,
);
process.exit(answer?.ok ? 0 : 1);
