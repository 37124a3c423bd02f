"""From ``pip install 'lambada-bc[trl]'`` to a model that learns to agree with a knowledge base.

python scripts/grpo_example.py MODEL kb/leave_policy.txt OUT [STEPS]
"""

import sys

from datasets import Dataset
from trl import GRPOConfig, GRPOTrainer

from lambada_bc import KnowledgeBase
from lambada_bc.rewards import ConsistencyReward

model, path, out, steps = (*sys.argv[1:], "100")[:4]
kb = KnowledgeBase.open(path)
known = "\n".join(sentence.text for sentence in kb)
asks = [f"{known}\n\nWhat follows from “{sentence.text}”?\n" for sentence in kb]
trainer = GRPOTrainer(
    model,
    reward_funcs=ConsistencyReward(kb),
    args=GRPOConfig(output_dir=out, max_steps=int(steps), max_completion_length=64,
                    num_generations=4, per_device_train_batch_size=8, logging_steps=1,
                    report_to="none", bf16=False),  # bf16 is for GPUs
    train_dataset=Dataset.from_dict({"prompt": asks}),
)  # fmt: skip
trainer.train()
trainer.save_model(out)
