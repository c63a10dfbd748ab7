import { PbfWriter } from 'pbf';

// Numbers of the fields in onnx.proto (IR version 8).
const MODEL = { irVersion: 1, graph: 7, opset: 8 };
const OPSET = { domain: 1, version: 2 };
const GRAPH = { node: 1, name: 2, input: 11, output: 12 };
const NODE = { input: 1, output: 2, operator: 4, attribute: 5, domain: 7 };
const ATTRIBUTE = { name: 1, integer: 3, type: 20 };
const INTEGER = 2;
const VALUE = { name: 1, type: 2 };
const TENSOR_TYPE = { tensor: 1, element: 1, shape: 2 };
const FLOAT = 1;
const DIMENSION = { list: 1, symbol: 2 };

/** How a product takes its operands: batches of matrices or single ones, each as it lies or transposed. */
export interface ProductForm {
  readonly rank: 2 | 3;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** An ONNX model of one product of any extents, `c = op(a) · op(b)`, in the operator that ONNX Runtime fuses products to. */
export function productModel({ rank, transposeA, transposeB }: ProductForm): Uint8Array {
  const value = (name: string) => (_: unknown, writer: PbfWriter) => {
    writer.writeStringField(VALUE.name, name);
    writer.writeMessage(VALUE.type, (_, type) => {
      type.writeMessage(TENSOR_TYPE.tensor, (_, tensor) => {
        tensor.writeVarintField(TENSOR_TYPE.element, FLOAT);
        tensor.writeMessage(TENSOR_TYPE.shape, (_, shape) => {
          for (let axis = 0; axis < rank; axis++) {
            shape.writeMessage(DIMENSION.list, (_, dimension) => { dimension.writeStringField(DIMENSION.symbol, `${name}${axis}`); }, null);
          }
        }, null);
      }, null);
    }, null);
  };
  const node = (_: unknown, writer: PbfWriter) => {
    writer.writeStringField(NODE.input, 'a');
    writer.writeStringField(NODE.input, 'b');
    writer.writeStringField(NODE.output, 'c');
    writer.writeStringField(NODE.operator, 'FusedMatMul');
    writer.writeStringField(NODE.domain, 'com.microsoft');
    for (const [name, transposed] of [['transA', transposeA], ['transB', transposeB]] as const) {
      writer.writeMessage(NODE.attribute, (_, attribute) => {
        attribute.writeStringField(ATTRIBUTE.name, name);
        attribute.writeVarintField(ATTRIBUTE.integer, transposed ? 1 : 0);
        attribute.writeVarintField(ATTRIBUTE.type, INTEGER);
      }, null);
    }
  };
  const model = new PbfWriter();
  model.writeVarintField(MODEL.irVersion, 8);
  for (const [domain, version] of [['', 17], ['com.microsoft', 1]] as const) {
    model.writeMessage(MODEL.opset, (_, opset) => {
      opset.writeStringField(OPSET.domain, domain);
      opset.writeVarintField(OPSET.version, version);
    }, null);
  }
  model.writeMessage(MODEL.graph, (_, graph) => {
    graph.writeMessage(GRAPH.node, node, null);
    graph.writeStringField(GRAPH.name, 'product');
    graph.writeMessage(GRAPH.input, value('a'), null);
    graph.writeMessage(GRAPH.input, value('b'), null);
    graph.writeMessage(GRAPH.output, value('c'), null);
  }, null);
  return model.finish();
}
