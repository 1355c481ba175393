import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { tell } from '../asking/portal.js';
import { refresh } from '../asking/queries.js';

interface Act {
  readonly method: 'POST' | 'PUT';
  /** Under `desk/`. */
  readonly path: string;
  readonly body: unknown;
}

/** An act of the desk: whatever comes of it, its pages are asked again, for another may have acted before. */
export const useAct = <T>(actOf: (what: T) => Act): UseMutationResult<void, Error, T> =>
  useMutation({
    mutationFn: (what: T) => {
      const { method, path, body } = actOf(what);
      return tell<undefined>(method, `desk/${path}`, body);
    },
    onSettled: () => refresh('desk'),
  });
