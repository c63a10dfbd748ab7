import type { Multiply } from '../wasm/products.ts';
import { productModel, type ProductForm } from './product-model.ts';
import type { OnnxRuntime, OnnxSession } from './runtime.ts';

/** Products by ONNX Runtime on views of the heap: nothing is copied. One session for each form of product. */
export function multiplyInOnnx({ createSession, createTensor }: OnnxRuntime, { threads }: { threads: number }): Multiply {
  const sessions = new Map<string, OnnxSession>();
  const sessionOf = (form: ProductForm): OnnxSession => {
    const key = JSON.stringify(form);
    let session = sessions.get(key);
    if (session === undefined) {
      session = createSession(productModel(form), threads);
      sessions.set(key, session);
    }
    return session;
  };
  return ({ floats }, { batch, m, n, k, transposeA, transposeB, a, b, c }) => {
    const tensor = (address: number, rows: number, columns: number) =>
      createTensor(floats(address, batch * rows * columns), batch === 1 ? [rows, columns] : [batch, rows, columns]);
    if (k === 0) {
      floats(c, batch * m * n).fill(0);
    } else if (batch * m * n > 0) {
      const left = transposeA ? tensor(a, k, m) : tensor(a, m, k);
      const right = transposeB ? tensor(b, n, k) : tensor(b, k, n);
      sessionOf({ rank: batch === 1 ? 2 : 3, transposeA, transposeB }).run({ a: left, b: right }, { c: tensor(c, m, n) }, {});
    }
  };
}
