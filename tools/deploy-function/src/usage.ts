/** What `--help` prints. */
export const USAGE = `Creates or updates the Segment Destination Function from dist/segment-function.

  npm run deploy-function -- --name NAME    the function of this name; created where there is none
  npm run deploy-function -- --id ID        this function

  --dry-run     shows what would change, and changes nothing
  --minified    uploads userleap.min.js instead of userleap.js
  --force       overwrites code that was edited by hand
  --help        prints this

  SEGMENT_TOKEN     a Public API token with the role Functions Admin
  SEGMENT_REGION    us (default) or eu
  USERLEAP_API_KEY  optional: the key that the Function is to have; UserLeap is asked first whether it takes it
  USERLEAP_ENDPOINT https://api.sprig.com`;
