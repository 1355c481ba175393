export { quarterIncome } from './law/quarters.js';
