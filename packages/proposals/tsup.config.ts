import { packageBuild } from '@rcnn/tooling/tsup';

export default packageBuild(['src/index.ts', 'src/node/index.ts']);
