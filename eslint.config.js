export { default } from '@rcnn/tooling/eslint';
