/** Whether a renderer's or an adapter's name is that of one that computes on the CPU. */
export function softwareRenderer(name: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i.test(name);
}
