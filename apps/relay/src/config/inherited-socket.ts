// Where systemd puts the first (sd_listen_fds(3)).
const FIRST = 3;

/** The descriptor of a listening socket that whoever started this process hands over; undefined where there is none. */
export function inheritedSocket(
  { LISTEN_PID, LISTEN_FDS }: Readonly<Record<string, string | undefined>>,
  pid: number,
): number | undefined {
  return LISTEN_PID === String(pid) && Number(LISTEN_FDS) >= 1 ? FIRST : undefined;
}
