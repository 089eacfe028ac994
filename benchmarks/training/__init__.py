"""Scripts that learn the weights of follow-through from reports and labels, print how they did, and write the files.

They need the extra `train`:

    pip install -e '.[train]'
    python -m benchmarks.training.word_vectors        # vectors.txt, about four minutes
    python -m benchmarks.training.follow_weights      # tone.json, ranking.json and statuses.json, about five minutes
"""
