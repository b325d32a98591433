"""Small models of transformers' with random weights, and what they give: what `Peers.java` compares with this project, both ways.

    python folders.py make FOLDER             # a folder for each case, with expected.safetensors beside its weights
    python folders.py load FOLDER EXPORTED    # the folders that `d2v export` wrote of them, loaded and run; prints a line for each

Every parameter is random, norm gains near 1, so that a forgotten one shows.
"""

import contextlib
import io
import pathlib
import sys

import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import (
    AutoModel,
    BeitConfig, BeitForImageClassification, BeitForMaskedImageModeling, BeitModel,
    Data2VecAudioConfig, Data2VecAudioForCTC, Data2VecAudioForSequenceClassification, Data2VecAudioModel,
    Data2VecTextConfig, Data2VecTextForMaskedLM, Data2VecTextForSequenceClassification, Data2VecTextForTokenClassification,
    Data2VecTextModel,
    Data2VecVisionConfig, Data2VecVisionForImageClassification, Data2VecVisionModel,
    RobertaConfig, RobertaForMaskedLM, RobertaForSequenceClassification, RobertaModel,
    ViTConfig, ViTForImageClassification, ViTModel,
    ViTMAEConfig, ViTMAEForPreTraining, ViTMAEModel,
    Wav2Vec2Config, Wav2Vec2ForCTC, Wav2Vec2ForPreTraining, Wav2Vec2Model,
)

transformers.logging.set_verbosity_error()
torch.set_num_threads(1)

SIZES = dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32)
PICTURE = dict(**SIZES, image_size=24, patch_size=8)
TEXT = dict(**SIZES, vocab_size=60, max_position_embeddings=34, pad_token_id=1, bos_token_id=0, eos_token_id=2, type_vocab_size=1)
AUDIO = dict(**SIZES, vocab_size=12, conv_dim=[8] * 3, conv_kernel=[10, 3, 2], conv_stride=[5, 2, 2],
             num_conv_pos_embedding_groups=2, mask_time_prob=0.05)
D2V_AUDIO = dict(**AUDIO, num_conv_pos_embeddings=2, conv_pos_kernel_size=5)
WAV = dict(**AUDIO, num_conv_pos_embeddings=8, codevector_dim=8, proj_codevector_dim=8, num_codevectors_per_group=4)
EACH = dict(use_relative_position_bias=True)
SHARED = dict(use_shared_relative_position_bias=True)
PLACES = dict(use_absolute_position_embeddings=True)
CLS = dict(use_mean_pooling=False)

CASES = {
    "vision-mean": (Data2VecVisionForImageClassification, Data2VecVisionConfig(**PICTURE, **EACH)),
    "vision-cls": (Data2VecVisionForImageClassification, Data2VecVisionConfig(**PICTURE, **SHARED, **CLS, use_mask_token=True)),
    "vision-model": (Data2VecVisionModel, Data2VecVisionConfig(**PICTURE, **EACH)),
    "vision-absolute": (Data2VecVisionForImageClassification, Data2VecVisionConfig(**PICTURE, **PLACES)),
    "vision-absolute-each": (Data2VecVisionForImageClassification, Data2VecVisionConfig(**PICTURE, **PLACES, **EACH, **CLS)),
    "vision-both-biases": (Data2VecVisionForImageClassification, Data2VecVisionConfig(**PICTURE, **EACH, **SHARED)),
    "vision-placeless": (Data2VecVisionForImageClassification, Data2VecVisionConfig(**PICTURE)),
    "vision-unscaled": (Data2VecVisionForImageClassification, Data2VecVisionConfig(**PICTURE, **EACH, layer_scale_init_value=0.0)),
    "beit": (BeitForImageClassification, BeitConfig(**PICTURE, **EACH)),
    "beit-absolute-cls": (BeitForImageClassification, BeitConfig(**PICTURE, **PLACES, **CLS)),
    "beit-model": (BeitModel, BeitConfig(**PICTURE, **SHARED)),
    "beit-masked": (BeitForMaskedImageModeling, BeitConfig(**PICTURE, **SHARED, **CLS, use_mask_token=True, vocab_size=40)),
    "vit": (ViTForImageClassification, ViTConfig(**PICTURE, layer_norm_eps=1e-6)),
    "vit-model": (ViTModel, ViTConfig(**PICTURE)),
    "vit-mae": (ViTMAEForPreTraining, ViTMAEConfig(**PICTURE, mask_ratio=0.0, decoder_hidden_size=16, decoder_num_hidden_layers=1,
                                                  decoder_num_attention_heads=2, decoder_intermediate_size=64)),
    "audio": (Data2VecAudioModel, Data2VecAudioConfig(**D2V_AUDIO)),
    "audio-ctc-bias": (Data2VecAudioForCTC, Data2VecAudioConfig(**D2V_AUDIO, conv_bias=True)),
    "audio-classes": (Data2VecAudioForSequenceClassification, Data2VecAudioConfig(**D2V_AUDIO)),
    "wav2vec2": (Wav2Vec2Model, Wav2Vec2Config(**WAV)),
    "wav2vec2-ctc-stable": (Wav2Vec2ForCTC, Wav2Vec2Config(**WAV, do_stable_layer_norm=True, feat_extract_norm="layer", conv_bias=True)),
    "wav2vec2-pretraining": (Wav2Vec2ForPreTraining, Wav2Vec2Config(**WAV)),
    "text": (Data2VecTextModel, Data2VecTextConfig(**TEXT)),
    "text-classes": (Data2VecTextForSequenceClassification, Data2VecTextConfig(**TEXT)),
    "text-tokens": (Data2VecTextForTokenClassification, Data2VecTextConfig(**TEXT)),
    "text-masked": (Data2VecTextForMaskedLM, Data2VecTextConfig(**TEXT)),
    "roberta": (RobertaModel, RobertaConfig(**TEXT)),
    "roberta-masked": (RobertaForMaskedLM, RobertaConfig(**TEXT)),
    "roberta-classes": (RobertaForSequenceClassification, RobertaConfig(**TEXT)),
}


def randomized(kind, config, seed):
    torch.manual_seed(seed)
    model = kind(config).eval()
    with torch.no_grad():
        for name, value in model.named_parameters():
            gain = value.ndim == 1 and "norm" in name.lower() and name.endswith("weight")
            scale = 0.05 if value.ndim < 2 else min(0.5, 1.5 / max(4, value[0].numel()) ** 0.5)
            value.copy_((1.0 if gain else 0.0) + scale * torch.randn_like(value))
    return model


def inputs(case):
    torch.manual_seed(7)
    if case.startswith(("vision", "beit", "vit")):
        return {"pixel_values": torch.randn(2, 3, 24, 24)}
    if case.startswith(("audio", "wav2vec2")):
        return {"input_values": torch.randn(2, 800)}
    ids = torch.randint(3, 59, (2, 12))
    ids[:, 0], ids[:, -1] = 0, 2
    return {"input_ids": ids}


def run(model, given):
    """Hidden states, the pooled vector and scores, as far as a model has them."""
    if hasattr(model, "vit") and hasattr(model.config, "mask_ratio") or type(model) is ViTMAEModel:
        encoder = getattr(model, "vit", model)
        encoder.config.mask_ratio = 0.0
        encoder.embeddings.config.mask_ratio = 0.0
        places = encoder.embeddings.patch_embeddings.num_patches
        return {"last_hidden_state": encoder(**given, noise=torch.arange(places).float().repeat(2, 1)).last_hidden_state}
    given = dict(given)
    encoder = getattr(model, model.base_model_prefix, model)
    out = encoder(**given)
    found = {"last_hidden_state": out.last_hidden_state}
    if getattr(out, "pooler_output", None) is not None and not isinstance(encoder, (RobertaModel, Data2VecTextModel, ViTModel)):
        found["pooler_output"] = out.pooler_output
    if model is not encoder and not isinstance(model, (Wav2Vec2ForPreTraining, BeitForMaskedImageModeling)):
        found["logits"] = model(**given).logits
    return found


def make(folder):
    for seed, (case, (kind, config)) in enumerate(CASES.items()):
        model = randomized(kind, config, seed)
        place = pathlib.Path(folder) / case
        model.save_pretrained(place)
        given = inputs(case)
        with torch.no_grad():
            found = run(model, given)
        save_file({name: value.contiguous() for name, value in {**given, **found}.items()}, place / "expected.safetensors")


def load(folder, exported):
    for case in CASES:
        place = pathlib.Path(exported) / case
        if not (place / "config.json").exists():
            print(f"{case}\tnot exported")
            continue
        expected = load_file(pathlib.Path(folder) / case / "expected.safetensors")
        name = transformers.AutoConfig.from_pretrained(place).architectures[0]
        with contextlib.redirect_stdout(io.StringIO()):
            model, info = getattr(transformers, name).from_pretrained(place, output_loading_info=True)
        with torch.no_grad():
            found = run(model.eval(), inputs(case))
        far = abs(found["last_hidden_state"] - expected["last_hidden_state"]).max().item()
        missing = [key for key in info["missing_keys"] if "pooler" not in key]
        print(f"{case}\t{name}\t{far:.1e}\t{len(missing)} missing {len(info['unexpected_keys'])} unexpected"
              f" {' '.join(sorted(missing)[:2] + sorted(info['unexpected_keys'])[:2])}")


{"make": make, "load": load}[sys.argv[1]](*sys.argv[2:])
