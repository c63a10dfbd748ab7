import { InvalidArgumentError } from 'commander';

/** Reads the value of an option as a whole number of at least `least`; for commander's `option(flags, description, parse)`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`Expected a whole number of at least ${least}.`);
    }
    return value;
  };
}
