/** NIRs with right keys of the invented commune 990, from a rank on. */
export const inventedBirths = (count: number, from = 100): string[] =>
  Array.from({ length: count }, (_, offset) => {
    const body = `18502${'69'}990${String(from + offset).padStart(3, '0')}`;
    return body + String(97 - Number(BigInt(body) % 97n)).padStart(2, '0');
  });
