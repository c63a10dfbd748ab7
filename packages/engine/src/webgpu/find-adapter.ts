import { existsSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** Dawn's GPU and the adapter to compute on. The GPU must be held as long as the adapter is used. */
export interface FoundAdapter {
  readonly gpu: GPU;
  readonly adapter: GPUAdapter;
}

/** Where browsers on Linux bring SwiftShader along, a Vulkan driver in software that needs no GPU. */
const softwareDrivers = ['/usr/lib/chromium/vk_swiftshader_icd.json', '/opt/google/chrome/vk_swiftshader_icd.json'];

/** Where the Vulkan loader is told which drivers to take, the older name last. */
const driverVariables = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES'];

/**
 * The fastest adapter that Dawn finds; where it finds none and no driver is prescribed, a browser's software driver.
 * @throws Error in one line if there is none
 */
export async function findAdapter(create: (options: string[]) => GPU): Promise<FoundAdapter> {
  const found = await request(create);
  if (found !== undefined) return found;
  const driver = softwareDrivers.find((file) => existsSync(file));
  // A thread's environment is a copy, which the loader does not see.
  if (driver !== undefined && isMainThread && driverVariables.every((name) => process.env[name] === undefined)) {
    process.env['VK_ICD_FILENAMES'] = driver; // every version of the loader knows this one
    const inSoftware = await request(create);
    if (inSoftware !== undefined) return inSoftware;
  }
  throw new Error('no adapter found: Dawn needs a driver for Vulkan (Mesa from 23 on, or SwiftShader, will do), Metal or Direct3D 12');
}

async function request(create: (options: string[]) => GPU): Promise<FoundAdapter | undefined> {
  const gpu = create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  return adapter === null ? undefined : { gpu, adapter };
}
