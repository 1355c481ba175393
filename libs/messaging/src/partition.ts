/**
 * The partition of a key, as Kafka's own default partitioner chooses it (murmur2 over the UTF-8 bytes, sign bit cleared):
 * both buses put an account on the same partition number.
 */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(new TextEncoder().encode(key)) & 0x7fffffff) % partitions;
}

/** Austin Appleby's MurmurHash2, 32 bits, with the seed that Kafka uses; the result is a signed integer. */
export function murmur2(bytes: Uint8Array): number {
  const m = 0x5bd1e995;
  const { length } = bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  let hash = 0x9747b28c ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    let k = Math.imul(view.getInt32(at, true), m);
    k = Math.imul(k ^ (k >>> 24), m);
    hash = Math.imul(hash, m) ^ k;
  }
  const left = length - at;
  if (left > 0) {
    for (let index = left - 1; index >= 0; index -= 1) hash ^= view.getUint8(at + index) << (8 * index);
    hash = Math.imul(hash, m);
  }
  hash = Math.imul(hash ^ (hash >>> 13), m);
  return hash ^ (hash >>> 15);
}
