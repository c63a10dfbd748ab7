import type { ComponentChildren } from 'preact';

/** A figure with its caption. */
export function Figure({ caption, children }: { readonly caption: ComponentChildren; readonly children: ComponentChildren }) {
  return (
    <figure>
      {children}
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
