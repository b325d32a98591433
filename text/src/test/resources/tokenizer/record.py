"""Records golden.json: what Python's tokenizers 0.23.2 learns from a small text and how it encodes nasty strings.

Run beside this file: python record.py > golden.json
"""
import json
import random

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers

SPECIALS = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
SYLLABLES = "ba be bi bo bu ka ke ki ko ku ta te ti to tu ma me mi mo mu tha sher ing ed aa aaa é ö ß 東 京 д а 1 20 ' - ...".split()
NASTY = [
    "", " ", "  ", "a", " a", "  a", "a ", "a  ", "a  b", "\n", "\n\n", "a\n\n b", "\t\t x", "don't we'll I'VE they're 'sup ''s",
    "'", "''", "'s", " 's", "'t't", "'r", "'v", "'l", "'ll'", "x'dy", "abc123 456 7.8,9", "¼ ½ Ⅷ ² ٣٤ 五", "a\u00a0b\u2003c\u3000\u3000d",
    "\u0085x\u2028y\u2029 z\u180e \u200b \ufeff", "\x00\x01\x1c\x1d\x1e\x1f x\x7f\x80", "naïve Ünïcödé e\u0301 a\u0300\u0301", "東京 タワー 한국어 ไทย हिन्दी עברית العربية",
    "🙂🙃 👩‍👩‍👧‍👦 🇩🇪 a🙂b", "\U0001D400\U00020000\U0010FFFF", "tokensherinking bababakekeku", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" * 3,
    " !?!?  ((x)) --- ... …—", "\r\n\r\n  \r\n x", "ĀāĠĊ \u0120token", "<s> </s> < mask> <mas k>", "ʰʼˈ ǅ ª º ː", "x\u0378y \ud7ff\ue000",
]


def corpus():
    rng = random.Random(7)
    words = ["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 5))) for _ in range(400)]
    documents = []
    for _ in range(40):
        text = ""
        for _ in range(60):
            text += words[min(int(rng.expovariate(0.008)), 399)] + rng.choice([" ", " ", " ", ", ", ".\n", "  ", "'s ", "\n\n"])
        documents.append(text)
    return documents


def train(documents, size, minimum):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size, min_frequency=minimum, special_tokens=SPECIALS, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(documents, trainer)
    return tokenizer


documents = corpus()
trained = []
for size, minimum in ((261, 2), (500, 2), (800, 2), (5000, 4)):
    model = json.loads(train(documents, size, minimum).to_str())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get)
    trained.append({"size": size, "minimum": minimum, "tokens": tokens, "merges": [" ".join(m) for m in model["merges"]]})
tokenizer = train(documents, 800, 2)
rng = random.Random(8)
alphabet = "ab kes  '\n\t1é東🙂\u00a0\u3000.st"
texts = NASTY + documents[:2] + ["".join(rng.choice(alphabet) for _ in range(rng.randint(1, 60))) for _ in range(60)]
texts = [text for text in texts if "<s>" not in text and "</s>" not in text]
samples = [{"text": text, "ids": tokenizer.encode(text).ids} for text in texts]
marked = ["<s>a</s>", " <mask> x<pad>", "<s><s>b <unk>  <mask>", "<<s>>", "a<mask", "< s>"]
specials = [{"text": text, "ids": tokenizer.encode(text).ids} for text in marked]
print(json.dumps({"documents": documents, "trained": trained, "samples": samples, "specials": specials}, ensure_ascii=True))
