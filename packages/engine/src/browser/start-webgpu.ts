import { softwareRenderer } from './software-renderer.ts';

/** tfjs's WebGPU backend. @throws Error unless it is named, where the adapter is no GPU */
export async function startWebgpu(named: boolean): Promise<void> {
  const gpu = (navigator as { gpu?: GPU }).gpu;
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (gpu === undefined) throw new Error('this browser has no WebGPU here');
  if (adapter === null || adapter === undefined) throw new Error('this browser has WebGPU, but no adapter for it');
  const { vendor, architecture, description } = adapter.info;
  const name = [vendor, architecture, description].filter((part) => part !== '').join(' ');
  if (!named && softwareRenderer(name)) throw new Error(`${name} is no GPU`);
  await import('@tensorflow/tfjs-backend-webgpu');
}
