export { onAlias, onBatch, onDelete, onGroup, onIdentify, onPage, onScreen, onTrack } from './handlers';
