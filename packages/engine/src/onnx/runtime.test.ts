import { describe, expect, it } from 'vitest';
import { loadOnnxRuntime, onnxruntimeVersion } from './runtime.ts';

const fail = (): never => {
  throw new Error('no such file');
};

describe('loadOnnxRuntime', () => {
  it('says that the package is missing', () => {
    expect(() => loadOnnxRuntime(fail)).toThrow('onnxruntime-node is not installed');
  });

  it('says which version it knows and which is there', () => {
    expect(() => loadOnnxRuntime(() => ({ version: '1.29.0' }))).toThrow('expected onnxruntime-node 1.30.0, got 1.29.0');
  });

  it('says that the native library does not load, and where', () => {
    const load = (id: string) => (id.endsWith('package.json') ? { version: onnxruntimeVersion } : fail());
    expect(() => loadOnnxRuntime(load)).toThrow(`onnxruntime-node 1.30.0 does not load on ${process.platform} ${process.arch}`);
  });
});
