const FORM = /^(postgres(?:ql)?:\/\/)([^/?#]*@)?([^/?#@]*)(\/[^/?#]+)(?:\?([^#]*))?$/;
// A folder with the server's socket in it, as a path or percent-encoded.
const FOLDER = /^(?:\/|%2f)/i;

/**
 * The URL of a PostgreSQL as URLs of one server each, in the order in which they are tried: `h1:5432,h2` and `?host=…&port=…` are
 * read as libpq reads them, sockets too. Undefined where it names no host or no database.
 */
export function splitHosts(url: string): readonly string[] | undefined {
  const [, scheme = '', user = '', places = '', database = '', query = ''] = FORM.exec(url) ?? [];
  const rest = new URLSearchParams(query);
  const [hosts, ports] = [(rest.get('host') ?? places).split(','), (rest.get('port') ?? '').split(',')];
  for (const name of ['host', 'port']) rest.delete(name);
  const urls = hosts.map((host, index) => {
    const port = ports[index] ?? ports[0] ?? '';
    const params = new URLSearchParams(rest);
    if (FOLDER.test(host)) {
      const [, folder = '', own = port] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
      params.set('host', folder.replace(/%2f/gi, '/'));
      if (own !== '') params.set('port', own);
      return `${scheme}${user}${database}?${params.toString()}`;
    }
    const place = port === '' || /:\d+$/.test(host) ? host : `${host}:${port}`;
    return `${scheme}${user}${place}${database}${params.size > 0 ? `?${params.toString()}` : ''}`;
  });
  // A socket's URL has a user and no host, which no URL may have.
  const isUsable = (url: string): boolean => URL.canParse(url.replace('@/', '@socket/'));
  return hosts.every((host) => host !== '') && urls.every(isUsable) ? urls : undefined;
}

/** Where the servers of a URL are, for a person: a host with its port, or the folder of a socket. */
export function placesOf(url: string): string {
  const places = (splitHosts(url) ?? []).map((one) => {
    const { host, searchParams } = new URL(one.replace('@/', '@socket/'));
    return searchParams.get('host') ?? host;
  });
  return places.join(', ');
}
