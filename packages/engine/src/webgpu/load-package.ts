/** What `load` imports. @throws Error saying in one line that the package is not installed, or why it does not load */
export async function loadPackage<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = code === 'ERR_MODULE_NOT_FOUND' && message.includes(`'${name}'`);
    throw new Error(missing ? `${name} is not installed` : `${name} does not load here: ${message.split('\n')[0]}`, { cause: error });
  }
}
