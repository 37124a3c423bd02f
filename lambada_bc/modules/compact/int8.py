"""Inference with 8-bit matrices, for networks that were trained in 32.

Each row of a matrix has a scale, and so has each row of its input, as it comes (Yao et al.,
ZeroQuant, NeurIPS 2022, §4).  Products of 8-bit numbers are summed as whole numbers, without any
rounding.  What is rounded to 8 bits must then be the very same in every batch, or the last digit of
one number becomes a step of 1 in 127: attention, whose sums depend on padding, gets sentences
padded to a multiple of :data:`PADDED`, with which it adds them up in one order.
Shapes: ``N`` rows of ``K``.
"""

from __future__ import annotations

from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

Network = TypeVar("Network", bound=nn.Module)

MOST = 127
PADDED = 16
"""Pieces, a multiple of what a processor adds at once."""

HAS_INT8 = torch.cpu._is_vnni_supported()
"""Whether the processor multiplies 8-bit numbers; others do it in fp32.

The sums are the same: whole numbers below 2**24 are exact in fp32, and only rows that agree almost
everywhere in sign and size could sum to more.
"""


def quantized(rows: Tensor) -> tuple[Tensor, Tensor]:
    """Rows (…, K) as whole numbers from −127 to 127, and the scale (…, 1) of each."""
    scale = rows.abs().amax(-1, keepdim=True).clamp_(min=1e-8).div_(MOST)
    return (rows / scale).round_().to(torch.int8), scale


class Int8Linear(nn.Module):
    """:class:`torch.nn.Linear` with a matrix (N, K) of 8-bit numbers."""

    matrix: Tensor
    scale: Tensor
    bias: Tensor

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        super().__init__()
        matrix, scale = quantized(weight.detach())
        self.register_buffer("matrix", matrix if HAS_INT8 else matrix.float())
        self.register_buffer("scale", scale.T.contiguous())
        self.register_buffer("bias", bias.detach())

    def forward(self, states: Tensor) -> Tensor:
        """States (…, K) → (…, N)."""
        rows, scale = quantized(states.reshape(-1, states.shape[-1]))
        summed = products(rows, self.matrix).mul_(scale).mul_(self.scale).add_(self.bias)
        return summed.view(*states.shape[:-1], -1)


def products(rows: Tensor, matrix: Tensor) -> Tensor:
    """8-bit rows (M, K) times the transpose of a matrix (N, K): (M, N), in fp32."""
    if matrix.dtype == torch.int8:
        return torch._int_mm(rows, matrix.T).float()
    return rows.float() @ matrix.T


class Int8EncoderLayer(nn.Module):
    """:class:`torch.nn.TransformerEncoderLayer`, normed after, for inference."""

    def __init__(self, layer: nn.TransformerEncoderLayer) -> None:
        super().__init__()
        attention = layer.self_attn
        self.heads = attention.num_heads
        self.memory = Int8Linear(attention.in_proj_weight, attention.in_proj_bias)
        self.out = Int8Linear(attention.out_proj.weight, attention.out_proj.bias)
        self.up = Int8Linear(layer.linear1.weight, layer.linear1.bias)
        self.down = Int8Linear(layer.linear2.weight, layer.linear2.bias)
        self.norms = nn.ModuleList((layer.norm1, layer.norm2))

    def forward(self, states: Tensor, src_key_padding_mask: Tensor) -> Tensor:
        """States (B, P, D) and which of them are padding (B, P) → states."""
        size, length, width = states.shape
        split = self.memory(states).view(size, length, 3, self.heads, width // self.heads)
        query, keys, values = split.permute(2, 0, 3, 1, 4)
        mask = ~src_key_padding_mask[:, None, None, :]
        found = F.scaled_dot_product_attention(query, keys, values, attn_mask=mask)
        states = self.norms[0](
            states + self.out(found.transpose(1, 2).reshape(size, length, width))
        )
        encoded: Tensor = self.norms[1](states + self.down(F.gelu(self.up(states))))
        return encoded


def to_int8(network: Network) -> Network:
    """Replace the network's matrices by 8-bit ones, in place."""
    for name, part in network.named_children():
        if isinstance(part, nn.TransformerEncoderLayer):
            setattr(network, name, Int8EncoderLayer(part))
        elif isinstance(part, nn.Linear):
            setattr(network, name, Int8Linear(part.weight, part.bias))
        else:
            to_int8(part)
    return network
