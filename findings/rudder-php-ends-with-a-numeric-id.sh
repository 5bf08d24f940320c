#!/usr/bin/env bash
# rudder-php-sdk 2.2.0: an event that is sent alone and has a number as its id ends the script, and is lost with it.
#
# A batch of one event gets a header with its id in base64, and `base64_encode` takes no number where types are strict: a TypeError that
# nobody catches comes out of `Rudder::flush()`, or of the destructor at the end of a request. With two events in the batch there is no
# such header, and ids may be numbers; so it shows itself only where there is little traffic.
# Needs PHP 8 with curl and mbstring, Debian's php-ramsey-uuid, and the SDK's sources in RUDDER_PHP_SDK. Exits with 77 without them.
# Seen on PHP 8.2:
#   one event: TypeError base64_encode(): Argument #1 ($string) must be of type string, int given
#   two events: sent
# Fails where that is not so any more.
set -euo pipefail
if [ ! -d "${RUDDER_PHP_SDK:-}/lib" ] || ! command -v php >/dev/null; then
  echo "There is no PHP, or RUDDER_PHP_SDK names no folder of rudder-php-sdk." >&2
  exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"; kill "${server:-}" 2>/dev/null || true' EXIT
cd "$folder"
cat >answer.php <<'PHP'
<?php
echo '{}';
PHP
cat >send.php <<'PHP'
<?php
use Rudder\Rudder;

require_once 'Ramsey/Uuid/autoload.php';
spl_autoload_register(function ($class) {
    $file = getenv('RUDDER_PHP_SDK') . '/lib/' . str_replace(['Rudder\\', '\\'], ['', '/'], $class) . '.php';
    if (is_file($file)) require_once $file;
});
Rudder::init('k', ['data_plane_url' => "http://127.0.0.1:{$argv[1]}", 'ssl' => false]);
foreach ([1 => 'one event', 2 => 'two events'] as $count => $what) {
    for ($at = 0; $at < $count; $at++) Rudder::track(['userId' => 4200, 'event' => 'Clicked']);
    try {
        $isSent = Rudder::flush();
        echo "$what: ", $isSent ? 'sent' : 'refused', "\n";
    } catch (TypeError $error) {
        echo "$what: TypeError {$error->getMessage()}\n";
    }
}
PHP
port=$((20000 + RANDOM % 10000))
php -S "127.0.0.1:$port" answer.php 2>/dev/null &
server=$!
until php -r "exit(@fsockopen('127.0.0.1', $port) ? 0 : 1);"; do :; done
seen=$(php send.php "$port")
echo "$seen"
[ "$seen" = 'one event: TypeError base64_encode(): Argument #1 ($string) must be of type string, int given
two events: sent' ]
