import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';

/**
 * The bundled law, compiled once. Each call evaluates it anew, modules and what they keep included, then runs its specs; it answers what the
 * first failing one said, or nothing. `changed` names the file whose own spec comes first.
 */
export function startable(program) {
  const evaluate = compileFunction(readFileSync(program, 'utf8'), ['require', 'module', 'exports', '__dirname', '__filename'], {
    filename: program,
  });
  const require = createRequire(program);
  return async (changed) => {
    try {
      const module = { exports: {} };
      evaluate(require, module, module.exports, dirname(program), program);
      await globalThis.runAll(changed);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
}
