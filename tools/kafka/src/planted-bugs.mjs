/** Mistakes that somebody could make with the client, planted around it: the suite must turn red on each. */
import kafkajs from 'kafkajs';

const plants = {
  /** Where the group has no offset, it begins with what comes next. */
  'begins at the end': { subscribe: (settings) => ({ ...settings, fromBeginning: false }) },
  /** The client's own settings: whatever was handed over counts as settled, whatever became of it. */
  'settles by itself': { run: (settings) => ({ ...settings, autoCommit: true, eachBatchAutoResolve: true }) },
};

/** Plants it in every consumer made from now on; the answer takes it out again. */
export function plantInClient(bug) {
  const { prototype } = kafkajs.Kafka;
  const original = prototype.consumer;
  prototype.consumer = function (settings) {
    const consumer = original.call(this, settings);
    for (const [method, disturbed] of Object.entries(plants[bug])) {
      const honest = consumer[method];
      consumer[method] = (given) => honest(disturbed(given));
    }
    return consumer;
  };
  return () => {
    prototype.consumer = original;
  };
}
