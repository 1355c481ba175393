import { Matches } from 'class-validator';

/** Several lines of text that a person typed; without control characters or marks that turn the direction of writing. */
export const Paragraphs = ({ max }: { max: number }): PropertyDecorator =>
  Matches(
    new RegExp(
      `^(?=[\\s\\S]*\\S)(?:[^\\p{Cc}\\p{Cs}\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069\\ufeff]|\\n){1,${String(max)}}$`,
      'u',
    ),
    {
      message: `un texte de 1 à ${String(max)} caractères visibles`,
    },
  );
