/**
 * Ids that look like UUID v7 and come in a known order: the same test gives the same ids on each run. Two sources in one test
 * take two seeds (0 to 4095), so that their ids never meet.
 */
export function sequentialIds(seed = 0): () => string {
  const start = Date.UTC(2016, 0, 1);
  const source = (0x7000 + (seed & 0xfff)).toString(16);
  let given = 0;
  return () => {
    given += 1;
    const instant = (start + given).toString(16).padStart(12, '0');
    return `${instant.slice(0, 8)}-${instant.slice(8)}-${source}-8000-${given.toString(16).padStart(12, '0')}`;
  };
}
