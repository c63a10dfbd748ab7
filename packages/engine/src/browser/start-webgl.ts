import * as tf from '@tensorflow/tfjs-core';
import { softwareRenderer } from './software-renderer.ts';

/** tfjs's WebGL backend. @throws Error unless it is named, where what draws is no GPU */
export async function startWebgl(named: boolean): Promise<void> {
  const context = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1).getContext('webgl2');
  if (context === null) throw new Error('this browser has no WebGL 2 here');
  const renderer = rendererOf(context);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  if (!named && softwareRenderer(renderer)) throw new Error(`${renderer} is no GPU`);
  await import('@tensorflow/tfjs-backend-webgl');
  tf.env().set('WEBGL_VERSION', 2);
}

function rendererOf(context: WebGL2RenderingContext): string {
  const names = context.getExtension('WEBGL_debug_renderer_info');
  return String(context.getParameter(names === null ? context.RENDERER : names.UNMASKED_RENDERER_WEBGL));
}
