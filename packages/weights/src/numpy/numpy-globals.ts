import { decodeNumbers, DTYPE_BYTES, type Dtype } from '../dtype.ts';
import { latin1Bytes } from '../pickle/byte-cursor.ts';
import type { Budget } from '../pickle/limits.ts';
import { namedGlobal } from '../pickle/plain-globals.ts';
import { describeValue, isCounts, type Buildable, type PickledTensor, type PythonGlobal, type PythonValue } from '../pickle/python-value.ts';
import { stridedTensor } from '../torch/strided-tensor.ts';
import { sizeOf } from '../weight.ts';

interface NumpyDtype extends Buildable {
  readonly kind: 'numpy.dtype';
  readonly dtype: Dtype;
}

const dtypes: Readonly<Record<string, Dtype>> = {
  f8: 'F64', f4: 'F32', f2: 'F16', i8: 'I64', i4: 'I32', i2: 'I16', i1: 'I8', u1: 'U8', b1: 'BOOL',
};

const isNumpyDtype = (value: PythonValue): value is NumpyDtype =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'numpy.dtype';

/** numpy's functions that put arrays and scalars together, under the module names of numpy 1 and 2. */
export function numpyGlobals(budget: Budget): readonly PythonGlobal[] {
  const bytesOf = (data: PythonValue): Uint8Array => {
    if (data instanceof Uint8Array) return data;
    if (typeof data !== 'string') throw new Error(`expected the bytes of an array, got ${describeValue(data)}`);
    budget(data.length);
    return latin1Bytes(data);
  };
  const scalar = ([dtype, data]: readonly PythonValue[]): PythonValue => {
    const bytes = bytesOf(data);
    if (!isNumpyDtype(dtype) || bytes.length !== DTYPE_BYTES[dtype.dtype]) {
      throw new Error(`expected a dtype and the bytes of one number, got ${describeValue(dtype)} and ${bytes.length} bytes`);
    }
    return decodeNumbers(dtype.dtype, bytes)[0];
  };
  const array = (): PickledTensor & Buildable => {
    let built: PickledTensor | undefined;
    const tensor = (): PickledTensor => {
      if (built === undefined) throw new Error('expected an array with its numbers, got one without');
      return built;
    };
    return {
      kind: 'tensor',
      dtype: () => tensor().dtype(),
      read: () => tensor().read(),
      build: (state) => {
        const [, shape, dtype, fortran, data] = Array.isArray(state) ? (state as readonly PythonValue[]) : [];
        if (!isCounts(shape) || !isNumpyDtype(dtype)) {
          throw new Error(`expected the state of an array, (version, shape, dtype, order, bytes), got ${describeValue(state)}`);
        }
        const bytes = bytesOf(data);
        const count = sizeOf(shape);
        if (bytes.length !== count * DTYPE_BYTES[dtype.dtype]) {
          throw new Error(`expected ${count * DTYPE_BYTES[dtype.dtype]} bytes for an array of shape [${shape.join(', ')}], got ${bytes.length}`);
        }
        const strides = fortran === true ? columnMajor(shape) : [...columnMajor([...shape].reverse())].reverse();
        const numbers = (): ReturnType<typeof decodeNumbers> => decodeNumbers(dtype.dtype, bytes);
        built = stridedTensor({ dtype: dtype.dtype, shape: [...shape], strides, offset: 0, count, numbers }, budget);
      },
    };
  };
  return [
    namedGlobal('numpy.ndarray'),
    namedGlobal('numpy.dtype', ([text]) => numpyDtype(text)),
    ...['numpy.core.multiarray', 'numpy._core.multiarray'].flatMap((module) => [
      namedGlobal(`${module}._reconstruct`, array),
      namedGlobal(`${module}.scalar`, scalar),
    ]),
  ];
}

function numpyDtype(text: PythonValue): NumpyDtype {
  const name = typeof text === 'string' ? text.replace(/^[<|=]/, '') : '';
  if (!Object.hasOwn(dtypes, name)) throw new Error(`expected numpy.dtype of ${Object.keys(dtypes).join(', ')}, got ${describeValue(text)}`);
  return {
    kind: 'numpy.dtype',
    dtype: dtypes[name],
    build: (state) => {
      const order: PythonValue = Array.isArray(state) ? state[1] : undefined;
      if (order !== '<' && order !== '|' && order !== '=') throw new Error(`expected little-endian numbers, got the byte order ${describeValue(order)}`);
    },
  };
}

/** Strides of an array whose first index runs fastest. */
function columnMajor(shape: readonly number[]): number[] {
  let step = 1;
  return shape.map((extent) => {
    const stride = step;
    step *= extent;
    return stride;
  });
}
