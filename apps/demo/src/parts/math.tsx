import type { ComponentChildren } from 'preact';

// MathML wants the words; as a boolean `false` would be no attribute at all.
const asHighAsTheLine: object = { stretchy: 'false' };
const large: object = { displaystyle: 'true' };

/** A formula on a line of its own. */
export function formula(...parts: ComponentChildren[]) {
  return <math display="block"><mrow>{parts}</mrow></math>;
}

/** Several formulas, a line each. */
export function formulas(...lines: ComponentChildren[]) {
  return <math display="block"><mtable {...large}>{lines.map((line, i) => <mtr key={i}><mtd>{line}</mtd></mtr>)}</mtable></math>;
}

/** Parts side by side. */
export function row(...parts: ComponentChildren[]) {
  return <mrow>{parts}</mrow>;
}

/** A variable or a function. */
export function name(text: string) {
  return <mi>{text}</mi>;
}

/** An operator or a bracket, as high as the line. */
export function sign(text: string) {
  return <mo {...asHighAsTheLine}>{text}</mo>;
}

/** A number. */
export function number(text: string) {
  return <mn>{text}</mn>;
}

/** Words within a formula, with the spaces around them. */
export function words(text: string) {
  return <mtext>{text.replaceAll(' ', '\u00a0')}</mtext>;
}

/** A variable with an index. */
export function sub(base: string, index: string) {
  return <msub><mi>{base}</mi><mi>{index}</mi></msub>;
}

/** A power. */
export function power(base: ComponentChildren, exponent: ComponentChildren) {
  return <msup>{base}{exponent}</msup>;
}

/** A fraction. */
export function fraction(over: ComponentChildren, under: ComponentChildren) {
  return <mfrac><mrow>{over}</mrow><mrow>{under}</mrow></mfrac>;
}

/** An operator with something under it. */
export function under(base: ComponentChildren, below: ComponentChildren) {
  return <munder>{base}<mrow>{below}</mrow></munder>;
}
