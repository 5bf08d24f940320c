import { randomUUID } from 'node:crypto';
import { errorAnswer, jsonAnswer, textAnswer } from './answer';
import type { Call } from './call';
import { checked, type Checked } from './check';
import type { Environment } from './environment';
import { parseBulk } from './parse-bulk';
import { purgeCheck, type Purge } from './purge';
import type { Reply } from './reply';
import { singleEventCheck, type SingleEvent } from './single-event';
import type { StoredUser } from './stored-user';
import { upsertCheck, type Upsert } from './upsert';
import { userIdInPath } from './user-id-in-path';

export type Handler = (call: Call, environment: Environment) => Reply;

export const upsertUser: Handler = (call, environment) =>
  withBody(checked<Upsert>(call.body, upsertCheck), (upsert) => ({
    answer: textAnswer(202, 'Accepted'),
    apply: () => environment.upsert(upsert),
  }));

export const getUser: Handler = (call, environment) =>
  withUser(call, environment, (user) => ({ answer: jsonAnswer(200, user.view()) }));

export const purgeVisitors: Handler = (call, environment) =>
  withBody(checked<Purge>(call.body, purgeCheck), (purge) => {
    const purged = environment.findPurged(purge);
    if (purged.size === 0) return { answer: errorAnswer(400, 'no such visitor in this environment') };
    return { answer: jsonAnswer(200, { requestId: randomUUID() }), apply: () => environment.erase(purged) };
  });

export const addEvent: Handler = (call, environment) =>
  withBody(checked<SingleEvent>(call.body, singleEventCheck), ({ name, timestamp = environment.now() }) =>
    withUser(call, environment, (user) => ({
      answer: textAnswer(201, 'Created'),
      apply: () => user.addEvent({ event: name, timestamp: new Date(timestamp).getTime() }),
    })),
  );

export const importUsers: Handler = (call, environment) =>
  withBody(parseBulk(call.bodyText), (upserts) => ({
    answer: jsonAnswer(202, { jobId: randomUUID() }),
    apply: () => upserts.forEach((upsert) => environment.upsert(upsert)),
  }));

function withBody<T>(body: Checked<T>, reply: (value: T) => Reply): Reply {
  return body.ok ? reply(body.value) : { answer: errorAnswer(400, body.error) };
}

function withUser(call: Call, environment: Environment, reply: (user: StoredUser) => Reply): Reply {
  const userId = userIdInPath(call.path);
  if (userId === undefined) return { answer: errorAnswer(400, 'path: expected a URL-encoded userId') };
  const user = environment.find(userId);
  return user ? reply(user) : { answer: errorAnswer(404, 'userId: no such user') };
}
