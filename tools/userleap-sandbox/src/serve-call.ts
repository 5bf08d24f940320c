import { errorAnswer } from './answer';
import type { Answer } from './answer';
import { answerControlCall, isControlCall } from './answer-control-call';
import type { Call } from './call';
import type { Environment } from './environment';
import type { Fault } from './fault';
import { faultAnswer } from './fault-answer';
import type { RecordedRequest } from './recorded-request';
import { replyToVendorCall } from './reply-to-vendor-call';
import type { SandboxState } from './sandbox-state';
import type { Manner } from './send-answer';

/** How an answer gets to whoever asked. */
export interface Responder {
  /** In the manner of a fault, if there is one. Calls back just before a whole head goes out. */
  send(answer: Answer, manner: Manner, onStatus: (status: number) => void): void;
  /** Calls back once whoever asked has the whole answer, or is gone. */
  onClose(callback: () => void): void;
}

/** Answers one request, and does to the state what it asks for. */
export function serveCall(state: SandboxState, call: Call, responder: Responder): void {
  if (isControlCall(call)) return responder.send(answerControlCall(state, call), {}, () => undefined);

  const { key } = call.authorization;
  const environment = key === null ? undefined : state.environments.of(key);
  const now = state.options.now();
  const record = state.log.add(recordOf(call, environment, now));
  const end = (): void => void (record.endedAt ??= new Date(state.options.now()).toISOString());
  const onStatus = (status: number): void => {
    record.status = status;
    end();
  };
  responder.onClose(end);

  const waitSeconds = environment?.window.admit(now);
  if (waitSeconds !== undefined) {
    record.rateLimited = true;
    const wait = { 'retry-after': String(waitSeconds), 'ratelimit-reset': String(waitSeconds) };
    return responder.send(errorAnswer(429, 'too many requests for this API key', wait), {}, onStatus);
  }

  const fault = state.faults.take(call) ?? {};
  const { answer, apply } = replyToVendorCall(call, environment);
  if (apply && (fault.apply || isDelayOnly(fault))) {
    apply();
    record.applied = true;
  }
  responder.send(faultAnswer(fault) ?? answer, fault, onStatus);
}

function isDelayOnly(fault: Fault): boolean {
  return !faultAnswer(fault) && !fault.reset && !fault.hang && !fault.truncate;
}

function recordOf(call: Call, environment: Environment | undefined, now: number): Omit<RecordedRequest, 'index'> {
  const { method, path, authorization, contentType, bodyText, body } = call;
  return {
    receivedAt: new Date(now).toISOString(),
    endedAt: null,
    environment: environment?.number ?? null,
    method,
    path,
    authScheme: authorization.scheme,
    contentType,
    bodyText,
    body,
    status: 0,
    rateLimited: false,
    applied: false,
  };
}
