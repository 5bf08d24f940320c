import { errorAnswer, jsonAnswer, type Answer } from './answer';
import type { Call } from './call';
import { arrayOf } from './check';
import type { Fault } from './fault';
import { faultCheck } from './fault-check';
import { mentionsUser } from './mentions-user';
import type { SandboxState } from './sandbox-state';

const CONTROL_PATH = '/__sandbox';

type Control = (state: SandboxState, call: Call) => Answer;

const CONTROLS: Readonly<Record<string, { method: string; answer: Control }>> = {
  [CONTROL_PATH]: { method: 'DELETE', answer: clear },
  [`${CONTROL_PATH}/requests`]: { method: 'GET', answer: listRequests },
  [`${CONTROL_PATH}/users`]: { method: 'GET', answer: listUsers },
  [`${CONTROL_PATH}/faults`]: { method: 'POST', answer: addFaults },
};

export function isControlCall({ path }: Call): boolean {
  return path === CONTROL_PATH || path.startsWith(`${CONTROL_PATH}/`);
}

export function answerControlCall(state: SandboxState, call: Call): Answer {
  const control = CONTROLS[call.path];
  if (!control) return errorAnswer(404, `path: expected one of ${Object.keys(CONTROLS).join(', ')}`);
  if (call.method !== control.method) {
    return errorAnswer(405, `method: expected ${control.method}`, { allow: control.method });
  }
  return control.answer(state, call);
}

function clear(state: SandboxState): Answer {
  state.clear();
  return { status: 204, headers: {}, body: '' };
}

function listRequests({ log }: SandboxState, { query }: Call): Answer {
  const userId = query.get('userId');
  const requests = log.list().filter((request) => userId === null || mentionsUser(request, userId));
  return jsonAnswer(200, { requests });
}

function listUsers({ environments }: SandboxState): Answer {
  return jsonAnswer(200, { users: environments.users() });
}

function addFaults({ faults }: SandboxState, { body }: Call): Answer {
  const problem = Array.isArray(body) ? arrayOf(faultCheck)(body, '') : faultCheck(body, '');
  if (problem !== undefined) return errorAnswer(400, problem);
  const added = (Array.isArray(body) ? body : [body]) as Fault[];
  added.forEach((fault) => faults.add(fault));
  return jsonAnswer(201, { added: added.length });
}
