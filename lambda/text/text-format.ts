import { displayNameWithin, escapeForDisplay } from './untrusted-text';

/** How a medium shows untrusted text within our words. */
export interface TextFormat {
  /** A name: of a layer, of a function, of a variable. */
  readonly name: (text: string) => string;
  /** A phrase that holds names: who acted, from where. */
  readonly phrase: (text: string) => string;
}

/** Longest name or phrase within a sentence, in UTF-16 units. The longest name of AWS, a layer's, has 140. */
const maxPhraseLength = 140;

/** Plain text: a name that AWS allows as it is, any other one in quotes. */
export const plainFormat: TextFormat = {
  name: (text) => displayNameWithin(text, maxPhraseLength),
  phrase: (text) => escapeForDisplay(text, maxPhraseLength),
};
