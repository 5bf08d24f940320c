/** The key that hosts are given in tests; it must show up nowhere. */
export const API_KEY = 'test-api-key';
