declare module 'better-sqlite3/build/Release/better_sqlite3.node' {
  const addon: { setErrorConstructor(errorClass: unknown): void };
  export default addon;
}
