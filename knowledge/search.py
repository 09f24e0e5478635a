"""placeholder"""
from __future__ import annotations
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA
from knowledge.text import tokenise
@dataclass(frozen=True)
class Wording:
    fact: str
    text: str
@dataclass(frozen=True)
class Token:
    typed: str; word: str; known: bool; weight: float
@dataclass(frozen=True)
class Candidate:
    fact: str; score: float; wording: str; parts: tuple = ()
@dataclass(frozen=True)
class Ranking:
    tokens: tuple; candidates: tuple; coverage: float
st = snowballstemmer.stemmer("english")
class Search:
    def __init__(self, wordings, english, aliases, weights=None):
        self.e = english; self.al = aliases; self.L = max(map(len, aliases), default=0)
        self.vocab = Counter(w for x in wordings for w in self._exp(x.text)) + Counter(w for a in aliases for w in a) 
        self.common = english.common | set(english.same) | set(english.same.values())
        self.list = sorted(self.vocab)
        self.w = []
        df = Counter()
        for x in wordings:
            f = self._feats(self._exp(x.text)); self.w.append((x, f)); df.update(f)
        self.idf = {f: math.log(1 + len(self.w) / c) for f, c in df.items()}
        self.post = defaultdict(list)
        self.norm = []
        for i, (x, f) in enumerate(self.w):
            for k in f: self.post[k].append(i)
            self.norm.append(math.sqrt(sum(self.idf[k] ** 2 for k in f)))
    def _exp(self, text):
        return [y for t in tokenise(text) for y in tokenise(self.e.expand.get(t, t))]
    def _fix(self, w):
        if w in self.vocab or w in self.common or len(w) < 3: return w, True
        m = 2 if len(w) > 5 else 1
        r = process.extractOne(w, self.list, scorer=OSA.distance, score_cutoff=m)
        return (r[0], True) if r else (w, False)
    def _feats(self, ws, ents=()):
        f = {}; i = 0; seq = []
        while i < len(ws):
            for n in range(min(self.L, len(ws) - i), 0, -1):
                e = self.al.get(tuple(ws[i:i + n]))
                if e: seq.append("@" + e); i += n; break
            else:
                w = ws[i]; seq.append(st.stemWord(self.e.same.get(w, w))); i += 1
        seq += ["@" + e for e in ents]
        u = list(dict.fromkeys(seq))
        for a in u: f[a] = 1
        for i in range(len(u)):
            for j in range(i + 1, len(u)): f["|".join(sorted((u[i], u[j])))] = 1
        return f
    def rank(self, question, *, entities=frozenset()):
        fx = [(t, *self._fix(t)) for t in self._exp(question)[:60]]
        f = self._feats([w for _, w, _ in fx], entities)
        s = defaultdict(float); tot = 0; kn = 0
        for k in f:
            z = self.idf.get(k)
            if "|" not in k:
                tot += z or 6; kn += z or 0
            if z:
                for i in self.post[k]: s[i] += z * z
        qn = math.sqrt(sum((self.idf.get(k, 4)) ** 2 for k in f)) or 1
        best = {}
        for i, v in s.items():
            v /= qn * self.norm[i]; x = self.w[i][0]
            if v > best.get(x.fact, (0, ""))[0]: best[x.fact] = (v, x.text)
        c = sorted(((v, k, t) for k, (v, t) in best.items()), reverse=True)[:8]
        return Ranking(tuple(Token(a, b, k, 0.0) for a, b, k in fx), tuple(Candidate(k, min(1.0, v), t) for v, k, t in c), kn / tot if tot else 0)

    def meaning(self, text):
        stop = set("the a an is was were did do does it that this of to in on at he she his her him they be been".split())
        return frozenset(k for k in self._feats([self._fix(w)[0] for w in self._exp(text)]) if "|" not in k and k not in stop)
