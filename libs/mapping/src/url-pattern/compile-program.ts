import type { PatternNode, Place, Range } from './pattern-node';

/** One step of a nondeterministic automaton; a step without a target goes on with the next one. */
export type Instruction =
  | { readonly op: 'set'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly op: 'assert'; readonly place: Place }
  | Fork
  | Jump
  | { readonly op: 'match' };

interface Fork {
  readonly op: 'fork';
  readonly first: number;
  second: number;
}

interface Jump {
  readonly op: 'jump';
  to: number;
}

export type Program = readonly Instruction[];

const MAX_STEPS = 2_000;

/** Thompson's construction. Undefined where the pattern's counted repeats would make it too long to run quickly. */
export function compileProgram(node: PatternNode): Program | undefined {
  const compiler = new Compiler();
  return compiler.emit(node) ? [...compiler.program, { op: 'match' }] : undefined;
}

class Compiler {
  readonly program: Instruction[] = [];
  // Counts nodes, not instructions: a repeat of nothing emits nothing and must end, too.
  private steps = 0;

  /** False as soon as the bound is passed. */
  emit(node: PatternNode): boolean {
    this.steps += 1;
    if (this.steps > MAX_STEPS) return false;
    switch (node.kind) {
      case 'set':
        this.program.push({ op: 'set', ranges: node.ranges, negated: node.negated });
        return true;
      case 'assert':
        this.program.push({ op: 'assert', place: node.place });
        return true;
      case 'sequence':
        return node.nodes.every((part) => this.emit(part));
      case 'choice':
        return this.emitChoice(node.nodes);
      case 'repeat':
        return this.emitRepeat(node);
    }
  }

  private emitChoice(nodes: readonly PatternNode[]): boolean {
    const jumps: Jump[] = [];
    const last = nodes.length - 1;
    for (const [index, node] of nodes.entries()) {
      const fork = index < last ? this.fork() : undefined;
      if (!this.emit(node)) return false;
      if (!fork) continue;
      jumps.push(this.jump(0));
      fork.second = this.program.length;
    }
    for (const jump of jumps) jump.to = this.program.length;
    return true;
  }

  private emitRepeat({ node, min, max }: PatternNode & { kind: 'repeat' }): boolean {
    for (let count = 0; count < min; count += 1) {
      if (!this.emit(node)) return false;
    }
    const loop = this.program.length;
    const forks: Fork[] = [];
    const optional = max === Infinity ? 1 : max - min;
    for (let count = 0; count < optional; count += 1) {
      forks.push(this.fork());
      if (!this.emit(node)) return false;
    }
    if (max === Infinity) this.jump(loop);
    for (const fork of forks) fork.second = this.program.length;
    return true;
  }

  /** To the next instruction, and to a second one that is set later. */
  private fork(): Fork {
    const fork: Fork = { op: 'fork', first: this.program.length + 1, second: 0 };
    this.program.push(fork);
    return fork;
  }

  private jump(to: number): Jump {
    const jump: Jump = { op: 'jump', to };
    this.program.push(jump);
    return jump;
  }
}
