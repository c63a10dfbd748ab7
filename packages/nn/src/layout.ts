/**
 * How a parameter lies in memory here, against how torchvision's state dict holds it. Convolutions are HWIO here and
 * OIHW there; depthwise filters [kh, kw, C, 1] and [C, 1, kh, kw]; linear weights [in, out] and [out, in]; `flattened`
 * is a linear weight that follows a flattened map, whose inputs run H, W, C here and C, H, W there.
 */
export type Layout =
  | { readonly kind: 'plain' }
  | { readonly kind: 'convolution' }
  | { readonly kind: 'depthwise' }
  | { readonly kind: 'linear' }
  | { readonly kind: 'flattened'; readonly height: number; readonly width: number; readonly channels: number };
