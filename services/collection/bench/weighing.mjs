/** What a process keeps while it works, tenth after tenth: held once the collector has been through, resident at most until then. Wants `--expose-gc`. */

const megabytes = (bytes) => bytes / 2 ** 20;

/** Of so many things to do. What the weighing itself costs in processor, in milliseconds, is nobody's work. */
export function weighing(count) {
  const [tenths, costs] = [[], { nodeMs: 0 }];
  let [done, peakMb] = [0, 0];
  return { tenths, costs, weigh };

  function weigh(more) {
    done += more;
    peakMb = Math.max(peakMb, megabytes(process.memoryUsage.rss()));
    if (done < ((tenths.length + 1) * count) / 10) return;
    const before = process.cpuUsage();
    globalThis.gc();
    const { user, system } = process.cpuUsage(before);
    costs.nodeMs += (user + system) / 1_000;
    const { heapUsed, external } = process.memoryUsage();
    tenths.push({ heldMb: megabytes(heapUsed + external), peakMb });
    peakMb = 0;
  }
}
