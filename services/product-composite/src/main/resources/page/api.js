// Calls the API, and makes a sentence of every answer that is a problem.

import { renew, token } from './sign-in.js';

export const PAGES = '/v1/product-composites';

/** Why a request has no answer that can be shown. */
export class Problem extends Error {
  /** @param status that of the answer; 0 if there is none */
  constructor(status, sentence, violations = []) {
    super(sentence);
    this.status = status;
    this.violations = violations;
  }

  /** Whether the same request may succeed later. */
  get passes() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

let listener = () => {};

/** Has the listener told each answer: its request, status, duration, trace and the instances that it came from. */
export function onAnswer(told) {
  listener = told;
}

/**
 * @param known the entity tag of what is known already; if it is still current, the answer has the status 304 and no body
 * @param quiet whether it is one of many that only wait for something, and the listener is not told
 * @throws Problem if it is not a success
 */
export async function ask(method, path, { body, known, quiet, signal } = {}) {
  let response = await send(method, path, { body, known, quiet, signal });
  if (response.status === 401 && await renew()) {
    response = await send(method, path, { body, known, quiet, signal });
  }
  const text = await read(response);
  if (response.ok || response.status === 304) {
    return { status: response.status, etag: response.headers.get('ETag'), body: text ? parse(text) : null };
  }
  throw problem(method, response, text);
}

async function send(method, path, { body, known, quiet, signal }) {
  const headers = { Accept: 'application/json' };
  if (token()) {
    headers.Authorization = `Bearer ${token()}`;
  }
  if (known) {
    headers['If-None-Match'] = known;
  }
  if (body) {
    headers['Content-Type'] = 'application/json';
  }
  const start = performance.now();
  try {
    const response = await fetch(path, {
      method, headers, signal, body: body && JSON.stringify(body), cache: 'no-store', credentials: 'omit', redirect: 'error',
    });
    if (!quiet) {
      listener({
        request: `${method} ${path}`,
        status: response.status,
        milliseconds: Math.round(performance.now() - start),
        trace: /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(response.headers.get('traceresponse') ?? '')?.[1],
        instances: response.headers.get('served-by')?.split(', ').map(entry => entry.split(';')),
      });
    }
    return response;
  } catch (failure) {
    throw unreachable(failure);
  }
}

async function read(response) {
  try {
    return await response.text();
  } catch (failure) {
    throw unreachable(failure);
  }
}

function unreachable(failure) {
  return failure.name === 'AbortError'
    ? failure
    : new Problem(0, 'The landscape does not answer. Either it is down, or the network between it and this browser is.');
}

/** An id that a JavaScript number can't hold stays the text that it was sent as. */
function parse(text) {
  return JSON.parse(text, (key, value, context) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && context?.source ? context.source : value);
}

function problem(method, response, text) {
  const document = documentIn(text);
  const detail = document.detail ?? '';
  switch (response.status) {
    case 401:
      return new Problem(401, token()
        ? 'Your sign-in has ended. Sign in again to go on.'
        : `Sign in to ${method === 'GET' ? 'see the products' : 'change a page'}.`);
    case 403:
      return new Problem(403, `You are signed in, but not allowed to do this: your token lacks the scope ${scope(method, response)}.`);
    case 429:
      return new Problem(429, `That were too many requests. Try again ${later(response)}.`);
    case 503:
      return new Problem(503, `${sentence(detail || 'The landscape is not available')} Try again ${later(response)}.`);
    default:
      return new Problem(response.status, sentence(
        detail && detail !== document.title ? detail : `The answer is ${response.status} ${document.title ?? ''}`.trim()),
        document.violations);
  }
}

/** Not every answer is a problem document: a proxy on the way may have made it. */
function documentIn(text) {
  try {
    const document = JSON.parse(text);
    return document && typeof document === 'object' ? document : {};
  } catch {
    return {};
  }
}

function scope(method, response) {
  const told = /scope="([\w: ]{1,100})"/.exec(response.headers.get('WWW-Authenticate') ?? '');
  return told?.[1] ?? (method === 'GET' ? 'product:read' : 'product:write');
}

function later(response) {
  const seconds = Number(response.headers.get('Retry-After'));
  return seconds > 1 ? `in ${seconds} seconds` : 'in a moment';
}

function sentence(text) {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
