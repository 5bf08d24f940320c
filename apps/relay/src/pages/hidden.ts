import type { FastifySchema } from 'fastify';

/** Of a route: it is a file of a page, not an address of the API. */
export const HIDDEN: { readonly schema: FastifySchema } = { schema: { hide: true } };
