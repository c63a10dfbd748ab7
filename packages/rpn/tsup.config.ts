import { packageBuild } from '@rcnn/tooling/tsup';

export default packageBuild();
